from .address import EMAIL_KINDS, PHONE_KINDS, ContactAddress, ContactDate, ContactEmail, ContactPhone
from .contact import (
    CHANNELS,
    Contact,
    ContactEvent,
    ContactFile,
    ContactFollower,
    ContactInGroup,
    ContactPulse,
    ContactTag,
    ContactValue,
)
from .past_position import PastPosition
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
    "ContactInGroup",
    "ContactPhone",
    "ContactPulse",
    "ContactTag",
    "ContactValue",
    "PastPosition",
    "Position",
    "PositionRole",
    "Role",
    "seed_roles",
]
