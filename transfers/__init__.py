"""Import and export: reading files, typed values, jobs."""
