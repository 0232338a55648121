"""The pictures of pages: SVG drawn from figures."""
