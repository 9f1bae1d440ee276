"""Questions that are asked and answered on top of a screen."""
