from .invitation import Invitation, InvitationSpent
from .membership import Membership
from .set_up import Ordered, SetUp
from .team import Team
from .user import User
from .workspace import STARTERS, Workspace

__all__ = ["STARTERS", "Invitation", "InvitationSpent", "Membership", "Ordered", "SetUp", "Team", "User", "Workspace"]
