from .address import EMAIL_KINDS, PHONE_KINDS, ContactAddress, ContactDate, ContactEmail, ContactPhone
from .contact import CHANNELS, Contact, ContactEvent, ContactFile, ContactFollower, ContactPulse, ContactTag
from .position import Position, PositionRole
from .role import Role, seed_roles

__all__ = [
    "CHANNELS",
    "EMAIL_KINDS",
    "PHONE_KINDS",
    "Contact",
    "ContactAddress",
    "ContactDate",
    "ContactEmail",
    "ContactEvent",
    "ContactFile",
    "ContactFollower",
    "ContactPhone",
    "ContactPulse",
    "ContactTag",
    "Position",
    "PositionRole",
    "Role",
    "seed_roles",
]
