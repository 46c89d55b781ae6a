"""A folder of a thousand pages, imported whole, killed in the middle, and imported again."""
