"""What `./dev` does: set up, run, check and measure the workbench. Standard library only."""
