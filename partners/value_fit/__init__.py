"""Value fit: what one side offers against what the other desires, in both directions, and what both agree."""
