from .membership import Invitation, Membership, Team
from .user import User
from .workspace import Workspace

__all__ = ["Invitation", "Membership", "Team", "User", "Workspace"]
