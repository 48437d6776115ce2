import { createHash } from 'node:crypto';
import type { GenomeFiles } from '../sandbox/index.ts';

/** An object as git keeps it: its content without the header that its hash is taken with. */
export interface GitObject {
  readonly oid: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly content: Buffer;
}

/** A git object from its content: named by the SHA-1 over header and content, as git does it. */
export function gitObject(type: GitObject['type'], content: string | Buffer): GitObject {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const oid = createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
  return { oid, type, content: bytes };
}

/** The git objects of a tree of files: blobs and inner trees first, the root's tree last. */
export function gitTree(files: GenomeFiles): [...GitObject[], GitObject] {
  const objects: GitObject[] = [];
  const entries: { name: string; mode: string; oid: string }[] = [];
  const folders = new Map<string, Record<string, string>>();
  for (const [path, text] of Object.entries(files)) {
    const slash = path.indexOf('/');
    if (slash < 0) {
      const blob = gitObject('blob', text);
      objects.push(blob);
      entries.push({ name: path, mode: '100644', oid: blob.oid });
      continue;
    }
    const folder = path.slice(0, slash);
    folders.set(folder, { ...folders.get(folder), [path.slice(slash + 1)]: text });
  }
  for (const [name, inner] of folders) {
    const innerObjects = gitTree(inner);
    objects.push(...innerObjects);
    entries.push({ name, mode: '40000', oid: rootOf(innerObjects) });
  }
  // Git compares names as bytes, a folder's as if it ended in a slash.
  const sortKey = ({ name, mode }: { name: string; mode: string }): Buffer =>
    Buffer.from(mode === '40000' ? `${name}/` : name);
  entries.sort((left, right) => Buffer.compare(sortKey(left), sortKey(right)));
  const lines = entries.flatMap(({ name, mode, oid }) => [
    Buffer.from(`${mode} ${name}\0`),
    Buffer.from(oid, 'hex'),
  ]);
  return [...objects, gitObject('tree', Buffer.concat(lines))];
}

/** The hash of the tree that {@link gitTree} ends with. */
export function rootOf(objects: [...GitObject[], GitObject]): string {
  return objects[objects.length - 1]?.oid as string;
}
