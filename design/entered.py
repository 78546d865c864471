"""What was sent to a page with a form."""


def entered(request):
    """What was posted, also when it is nothing; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None
