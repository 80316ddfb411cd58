from .invitation import Invitation, InvitationSpent
from .membership import Membership
from .team import Team
from .user import User
from .workspace import STARTERS, Workspace

__all__ = ["STARTERS", "Invitation", "InvitationSpent", "Membership", "Team", "User", "Workspace"]
