"""How people sign in to this installation: settings of django-allauth, and what it asks us."""
