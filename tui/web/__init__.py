"""The app in a browser: a web server that starts one app for each browser that was let in."""
