// What must be so before oidc-provider is loaded: a Node.js that it runs on, and a console that it leaves alone.
//
// It tells people on the console that Node.js 22 is what it supports. 20.19, which the whole project is content
// with, does all that is used here.

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Node.js 20.19 or newer is needed, and this is ${process.versions.node}\n`);
  process.exit(1);
}

// Standard output is for the line that says that the provider is ready.
console.info = () => {};
console.warn = () => {};

// Newer than the oldest Node.js 20 that is allowed.
URL.parse ??= (address, base) => {
  try {
    return new URL(address, base);
  } catch {
    return null;
  }
};
