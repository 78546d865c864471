app_name = "bids"
urlpatterns = []
