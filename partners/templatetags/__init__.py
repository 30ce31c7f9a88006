"""Tags for the few Django templates: the shell that library pages extend."""
