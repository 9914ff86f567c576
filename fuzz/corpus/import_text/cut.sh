curl 'https://a.example/x
