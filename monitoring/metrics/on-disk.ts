/** File systems that keep what is written to them: memory dressed as a disk is full by design, an image always is. */
export const onDisk = { fstype: { not: /tmpfs|ramfs|overlay|squashfs|iso9660|erofs/ } } as const;
