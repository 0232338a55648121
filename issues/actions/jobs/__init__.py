"""Long work: asked for on a page, done by a worker, told on a page."""
