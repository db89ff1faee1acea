"""Who translated and reviewed what, and whether that is still true of the texts as they are."""
