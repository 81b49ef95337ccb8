"""The page on which one person plays customer and desk, and the control endpoints under it, which tests use too."""
