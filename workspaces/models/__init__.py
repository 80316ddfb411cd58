from .invitation import Invitation, InvitationSpent
from .membership import Membership
from .rate import Rate, RateLine, Rates, Said, Settled
from .set_up import Ordered, Retirable, SetUp
from .team import Team
from .user import User
from .workspace import CURRENCY_CHANGED, STARTERS, Workspace

__all__ = [
    "CURRENCY_CHANGED",
    "STARTERS",
    "Invitation",
    "InvitationSpent",
    "Membership",
    "Ordered",
    "Rate",
    "RateLine",
    "Rates",
    "Retirable",
    "Said",
    "SetUp",
    "Settled",
    "Team",
    "User",
    "Workspace",
]
