"""The verbs: each module is one thing that people do with the archive, and the only place that changes a status."""
