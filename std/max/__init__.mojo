"""What the separate `max` package of 1.x offers that Kiln has too."""
