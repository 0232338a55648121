"""Finding anything by any spelling."""
