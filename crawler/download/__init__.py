"""What happens to a request on its way out and to a response on its way in, before anything reads it."""
