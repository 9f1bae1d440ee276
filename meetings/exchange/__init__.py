"""What leaves and enters: minutes, lists, imports."""
