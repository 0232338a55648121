"""Pages of the admin beside lists and forms."""
