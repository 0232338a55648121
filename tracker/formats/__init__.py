"""How dates are written, for Django's own pages and forms."""
