"""Program start and what the targets lack."""
