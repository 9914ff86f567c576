curl ^"https://a.example/x^" ^
  -H ^"X-Token: canary-0123456789-0123456789^"
curl ^"https://a.example/y^"
