/** A certificate for `localhost` that nobody trusts, valid until 2126, for tests of TLS errors. */
export const selfSignedCertificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUdqdi1cEVdFgIEn+3du9cg7shfewwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMDIyNTQzNFoYDzIxMjYxMDI3
MjI1NDM0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATvnMMK+EybiybSvDOq05H9TOrBx8hN9lDlfPclxfD368niLgXr85P3
CxE3a9bjRQ2qRh6fgno/neTvJ5pr+zruo28wbTAdBgNVHQ4EFgQUVaqxQrIyNe0p
hOWI9dgTtmKlKewwHwYDVR0jBBgwFoAUVaqxQrIyNe0phOWI9dgTtmKlKewwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIgZz7oXuR8OvoAq2iyOCyx2fXw9m5Y2IxYs7+2Uoo37JwCIQDN
xvgbqr43eYo+uU4T0syhW27zUpNz7d9nui1nhVuMWA==
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZXOHRjliGUalh0mJ
Vot8Q4F7pZRbmsI/sw0sQ5JsTcihRANCAATvnMMK+EybiybSvDOq05H9TOrBx8hN
9lDlfPclxfD368niLgXr85P3CxE3a9bjRQ2qRh6fgno/neTvJ5pr+zru
-----END PRIVATE KEY-----
`,
};
