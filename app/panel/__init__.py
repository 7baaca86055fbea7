"""What judges do. Nothing here, and nothing it imports, leads to the vault."""
