"""What every room stands on and that has no models: the database launcher, widgets, template tags, formats."""
