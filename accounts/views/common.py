"""What the pages of a company share."""


def entered(request):
    """What was sent, an empty form too; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
