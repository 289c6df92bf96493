"""Every two weeks an employer says whether a live posting is still true."""
