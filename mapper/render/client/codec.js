// Paths written as letters: see mapper/render/encoding.py.
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE_OF = new Map([...ALPHABET].map((letter, value) => [letter, value]));

function decode(text) {
  const numbers = [];
  let folded = 0;
  let place = 1;
  for (const letter of text) {
    const digit = VALUE_OF.get(letter);
    folded += (digit % 32) * place;
    place *= 32;
    if (digit < 32) {
      numbers.push(folded % 2 ? -(folded + 1) / 2 : folded / 2);
      folded = 0;
      place = 1;
    }
  }
  return numbers;
}

// One path as [latitude, longitude] pairs in degrees.
function decodePath(text, step) {
  const steps = decode(text);
  const path = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    path.push([y * step - 90, x * step - 180]);
  }
  return path;
}

function decodePaths(text, step) {
  return text ? text.split(" ").map(path => decodePath(path, step)) : [];
}
