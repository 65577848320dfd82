"""The ranking bulletin (通报): its values, its files, and the template that an office may edit."""
