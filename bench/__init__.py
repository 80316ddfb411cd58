"""Measures of the product on a big workspace: `python3 dev.py bench`."""
