from .address import EMAIL_KINDS, PHONE_KINDS, ContactEmail, ContactPhone
from .contact import Contact, ContactEvent, ContactFile, ContactFollower, ContactPulse, ContactTag, ContactViewer
from .position import Position, PositionRole
from .role import Role, seed_roles

__all__ = [
    "EMAIL_KINDS",
    "PHONE_KINDS",
    "Contact",
    "ContactEmail",
    "ContactEvent",
    "ContactFile",
    "ContactFollower",
    "ContactPhone",
    "ContactPulse",
    "ContactTag",
    "ContactViewer",
    "Position",
    "PositionRole",
    "Role",
    "seed_roles",
]
