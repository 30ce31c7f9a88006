"""Pages of joint ideas to test, and the small requests that write on them."""
