interface Folder {
  readonly name: string;
  readonly size: number;
  readonly folders: readonly Folder[];
}

/** The size of a folder with all that is in it. */
export function totalSize({ size, folders }: Folder): number {
  return folders.reduce((sum, folder) => sum + totalSize(folder), size);
}

/** How many folders one has to open to reach the deepest: 1 for a folder that holds no other. */
export function depth({ folders }: Folder): number {
  return 1 + Math.max(0, ...folders.map(depth));
}

/** The paths of all folders, a folder before what is in it, with `/` between the names. */
export function paths({ name, folders }: Folder): string[] {
  return [name, ...folders.flatMap((folder) => paths(folder).map((path) => `${name}/${path}`))];
}
