curl https://a.example/x -H 'Authorization: Bearer canary-0123456789-0123456789'
curl https://a.example/y -d a=1 --next https://b.example
