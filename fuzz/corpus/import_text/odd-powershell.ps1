curl.exe 'https://a.example/x' `
  -H 'A: b'
curl.exe 'https://a.example/y'
