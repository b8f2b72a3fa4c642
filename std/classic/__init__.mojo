"""What classic files (Mojo 0.x, 2023 to 2025) find under names that today's library no longer has.

`prelude` holds the names seen without import. Every other module here stands beside the library module of the same path:
an import of a classic file looks here first, then there.
"""
