"""The log sheet: what its cells are read against, what publishing it would record."""
