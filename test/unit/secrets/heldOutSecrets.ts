/**
 * Secrets between « and », by kind of file. This third was written before the detector and is no guide for it: a form of it
 * that is missed stays missed until its kind is found elsewhere.
 */
export const HELD_OUT: Readonly<Record<string, readonly string[]>> = {
  ts: [
    `export const smtp = { user: 'mailer', pass: '«Winter2019»' };`,
    `const dbPassword: string = "«tr0ub4dor&3»";`,
    `process.env.SESSION_SECRET = '«keyboardcat99»';`,
    `await page.fill('#password', '«Qwerty!12»');`,
    `const pwd = process.env.DB_PASSWORD ?? '«swordfish7»';`,
    `client.setPassword("«opensesame»");`,
  ],
  py: [
    `conn = psycopg2.connect(host="db", user="app", password="«monkey!77»")`,
    `os.environ["API_TOKEN"] = "«9f8e7d6c5b4a3f2e»"`,
    `SECRET_KEY = '«django-insecure-k3j4h5g6»'`,
    `AUTH = HTTPBasicAuth('svc', '«L3tM3In»')`,
    `password = os.getenv("DB_PASS", "«fallback42x»")`,
    `r = requests.get(url, headers={"Authorization": "Bearer «zYxWv98765utsrq»"})`,
  ],
  php: [
    `define('DB_PASSWORD', '«wp-s1te-pw»');`,
    `    'password' => '«l4ravel-pw»',`,
    `$cfg['blowfish_secret'] = '«aB3dE5fG7hJ9»';`,
    `$db = new PDO($dsn, 'root', '«toor123»');`,
    `$password = "«geheim!2020»";`,
  ],
  java: [
    `dataSource.setPassword("«s3cret_ds»");`,
    `private static final String API_KEY = "«bd7f0a9c1e2d»";`,
    `Connection c = DriverManager.getConnection(url, "sa", "«Str0ngPwd»");`,
    `@Value("\${db.password:«defau1tPw»}")`,
    `props.put("password", "«jdbc-pw-88»");`,
  ],
  go: [
    `	dbPassword := "«gopher-9000»"`,
    `	cfg := Config{User: "root", Password: "«n0t-a-drill»"}`,
    `	os.Setenv("AWS_SECRET_ACCESS_KEY", "«wJalrXUtnFEMIK7MDENGbPxRfiCY»")`,
    `var jwtSecret = []byte("«hs256-k3y-xx»")`,
  ],
  rb: [
    `config.secret_key_base = '«0a1b2c3d4e5f»'`,
    `  password: '«ruby-t1ger»',`,
    `ENV['STRIPE_SECRET'] ||= "«str1pe-xyz»"`,
  ],
  rs: [
    `let password = String::from("«crab-1234»");`,
    `    .password("«ferris77»")`,
    `const API_TOKEN: &str = "«rt-0123abcd4567»";`,
  ],
  cs: [
    `var cs = "Server=db;User Id=app;Password=«C#r0cks»;";`,
    `var cred = new NetworkCredential("bob", "«B0bsPwd»");`,
    `options.ClientSecret = "«oidc-s3cr3t»";`,
  ],
  yaml: [
    `database:\n  user: app\n  password: «letmein»\n  port: 5432`,
    `      - name: DB_PASSWORD\n        value: "«k8s-p4ss»"`,
    `stringData:\n  api: «plain-v4lue»\n`,
    `environment:\n  - POSTGRES_PASSWORD=«pgpw2021»\n  - TZ=UTC`,
    `env:\n  NPM_TOKEN: «3e4r5t6y7u8i»\n`,
    `redis_password: '«r3d1s»'`,
  ],
  json: [
    `{ "user": "app", "password": "«jsonpw»" }`,
    `  "clientSecret": "«Zx81-Spectrum»",`,
    `{"name": "DB_PASSWORD", "value": "«taskdef-pw1»"}`,
    `"ConnectionStrings": { "Default": "Server=.;Database=a;Uid=sa;Pwd=«Sq1Pwd»;" }`,
  ],
  toml: [`[db]\npassword = "«t0mlpw»"`, `api_token = '«cf-91827364»'`, `secret-key = """«multi-l1ne»"""`],
  ini: [
    `[client]\nuser=root\npassword=«inipass»`,
    `; old\nsmtp_password = «mailpw9»`,
    `[default]\naws_secret_access_key = «abcdEFGH1234ijkl»`,
  ],
  properties: [
    `spring.datasource.password=«springtime»`,
    `keystore.password: «changedit5»`,
    `app.jwt.secret = «jwt-hmac-k3y»`,
  ],
  tf: [
    `  master_password = "«tf-m4ster»"`,
    `variable "db_password" {\n  type    = string\n  default = "«hcl-d3fault»"\n}`,
    `  admin_secret = "«adm1nsecretx»"`,
  ],
  xml: [
    `<password>«mvn-s3rver»</password>`,
    `<property name="hibernate.connection.password" value="«hib3rn8»"/>`,
    `<add key="ApiSecret" value="«w3bconfig»" />`,
    `<user username="tomcat" password="«t0mcat»" roles="manager-gui"/>`,
    `<entry key="mail.password">«m4ilpw»</entry>`,
  ],
  docker: [
    `ENV DB_PASSWORD «dockerpw1»`,
    `ENV API_KEY=«k-8899aabb» \\\n    TZ=UTC`,
    `ARG NPM_TOKEN=«npmt0k3nvalue9»`,
  ],
  sh: [
    `export PGPASSWORD=«sh3llpw»`,
    `mysql -u root -p«r00tpw» app`,
    `curl -u admin:«c0rlpw» https://example.org/x`,
    `mytool login --username bob --password «b0bpw»`,
    `sshpass -p '«sshp4ss»' ssh host`,
    `curl -H "X-Api-Key: «77aa88bb99cc»" https://example.org`,
    `redis-cli -a «r3disauth» ping`,
  ],
  ps1: [`$env:DB_PASSWORD = "«psenv-1»"`, `$pw = ConvertTo-SecureString "«S3cureStr!»" -AsPlainText -Force`],
  sql: [
    `CREATE USER app IDENTIFIED BY '«ora-p4ss»';`,
    `ALTER ROLE app WITH PASSWORD '«pg-r0le»';`,
    `UPDATE users SET password = '«plain-1»' WHERE id = 1;`,
  ],
  gradle: [`    storePassword "«ksp-w0rd»"`, `    keyPassword = '«k3yp»'`],
  url: [
    `amqp://guest:«rabb1t»@mq.internal:5672/`,
    `const url = 'https://example.org/cb?api_key=«a1b2c3d4e5»&x=1';`,
    `mongodb+srv://app:«m0ng0»@cluster.example.net/db`,
  ],
  md: ['Log in as `admin` with password `«dem0-adm1n»`.', `Password: «gu3stwifi»`],
};
