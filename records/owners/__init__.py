"""Whose new records are: the rules of the workspace, kept by owners and admins. See `records/models/owner_rules.py`."""
