"""Time zones: of a person, of the installation, of a field; and what is the same in all of them."""
