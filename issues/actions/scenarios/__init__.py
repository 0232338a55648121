"""Building endings, assessing and judging them."""
