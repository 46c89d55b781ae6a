"""Pages printed from known articles, and how well they are read."""
