/** Bodies of 24×24 line icons, drawn with the current colour. */
export const ICONS = {
  workflow:
    '<rect x="3" y="3.5" width="7" height="6" rx="1.5"/><rect x="14" y="14.5" width="7" height="6" rx="1.5"/><path d="M6.5 9.5v5a3 3 0 0 0 3 3H14"/>',
  executions: '<path d="M4 6h10M4 12h6M4 18h4"/><path d="m13 13.2 7 3.9-7 3.9z"/>',
  key: '<circle cx="8" cy="15.5" r="4.5"/><path d="m11.2 12.3 8.3-8.3M16 7.5l3 3M13.5 10l2 2"/>',
  settings:
    '<circle cx="12" cy="12" r="3"/><path d="M12 3v2.6M12 18.4V21M3 12h2.6M18.4 12H21M5.6 5.6l1.9 1.9M16.5 16.5l1.9 1.9M18.4 5.6l-1.9 1.9M7.5 16.5l-1.9 1.9"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  minus: '<path d="M5 12h14"/>',
  search: '<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  check: '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
  more: '<circle cx="5.5" cy="12" r="1" fill="currentColor"/><circle cx="12" cy="12" r="1" fill="currentColor"/><circle cx="18.5" cy="12" r="1" fill="currentColor"/>',
  'more-vertical':
    '<circle cx="12" cy="5.5" r="1" fill="currentColor"/><circle cx="12" cy="12" r="1" fill="currentColor"/><circle cx="12" cy="18.5" r="1" fill="currentColor"/>',
  play: '<path d="M7 4.8v14.4L19 12z"/>',
  stop: '<rect x="6" y="6" width="12" height="12" rx="1.5"/>',
  pause: '<path d="M8 5v14M16 5v14"/>',
  copy: '<rect x="8.5" y="8.5" width="12" height="12" rx="2"/><path d="M15.5 8.5v-3a2 2 0 0 0-2-2h-8a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h3"/>',
  trash: '<path d="M4 7h16M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5"/>',
  edit: '<path d="m4 20 1-4.2L16.2 4.6a1.8 1.8 0 0 1 2.6 0l.6.6a1.8 1.8 0 0 1 0 2.6L8.2 19z"/><path d="m14 7 3 3"/>',
  upload:
    '<path d="M12 15.5V4M7.5 8.5 12 4l4.5 4.5M4 15v3.5A1.5 1.5 0 0 0 5.5 20h13a1.5 1.5 0 0 0 1.5-1.5V15"/>',
  download:
    '<path d="M12 4v11.5M7.5 11l4.5 4.5 4.5-4.5M4 15v3.5A1.5 1.5 0 0 0 5.5 20h13a1.5 1.5 0 0 0 1.5-1.5V15"/>',
  refresh: '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.2M20 4v5.2h-5.2"/>',
  'chevron-down': '<path d="m6 9.5 6 6 6-6"/>',
  'chevron-up': '<path d="m6 14.5 6-6 6 6"/>',
  'chevron-left': '<path d="m14.5 6-6 6 6 6"/>',
  'chevron-right': '<path d="m9.5 6 6 6-6 6"/>',
  'arrow-left': '<path d="M20 12H4.5M11 5.5 4.5 12l6.5 6.5"/>',
  'arrow-up': '<path d="M12 20V4.5M5.5 11 12 4.5l6.5 6.5"/>',
  'arrow-down': '<path d="M12 4v15.5M5.5 13l6.5 6.5 6.5-6.5"/>',
  external:
    '<path d="M13.5 4H20v6.5M20 4l-9 9M17 14v4.5a1.5 1.5 0 0 1-1.5 1.5h-10A1.5 1.5 0 0 1 4 18.5v-10A1.5 1.5 0 0 1 5.5 7H10"/>',
  sun: '<circle cx="12" cy="12" r="4"/><path d="M12 3v1.8M12 19.2V21M3 12h1.8M19.2 12H21M5.6 5.6l1.3 1.3M17.1 17.1l1.3 1.3M18.4 5.6l-1.3 1.3M6.9 17.1l-1.3 1.3"/>',
  moon: '<path d="M20 14.2A8.3 8.3 0 0 1 9.8 4 8.3 8.3 0 1 0 20 14.2z"/>',
  monitor: '<rect x="3" y="4.5" width="18" height="12" rx="1.8"/><path d="M8.5 20h7M12 16.5V20"/>',
  language:
    '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c2.5 2.4 3.7 5.2 3.7 8.5s-1.2 6.1-3.7 8.5c-2.5-2.4-3.7-5.2-3.7-8.5S9.500 5.900 12 3.500z"/>',
  info: '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.600v.1"/>',
  warning: '<path d="M12 4 2.8 19.500h18.400zM12 10v4.500M12 16.900v.1"/>',
  error: '<circle cx="12" cy="12" r="8.5"/><path d="m9 9 6 6M15 9l-6 6"/>',
  success: '<circle cx="12" cy="12" r="8.5"/><path d="m8.300 12.300 2.600 2.600 4.900-5.300"/>',
  clock: '<circle cx="12" cy="12" r="8.500"/><path d="M12 7v5.200l3.300 2"/>',
  pin: '<path d="m14.500 3.500 6 6-2.500.700-3.700 3.700-.600 4.400-8-8 4.400-.600 3.700-3.700zM9.200 14.800 4 20"/>',
  file: '<path d="M13.500 3.500H7A1.500 1.500 0 0 0 5.500 5v14A1.500 1.500 0 0 0 7 20.500h10a1.500 1.500 0 0 0 1.500-1.500V8.500zM13.500 3.500v5h5"/>',
  filter: '<path d="M4 5.500h16l-6.200 7.300v5.700l-3.600-2v-3.700z"/>',
  undo: '<path d="M8.500 5 4 9.500 8.500 14M4 9.500h10a5.500 5.500 0 0 1 0 11h-3"/>',
  redo: '<path d="M15.500 5 20 9.500 15.500 14M20 9.500H10a5.500 5.500 0 0 0 0 11h3"/>',
  'zoom-fit':
    '<path d="M4 9V5.500A1.500 1.500 0 0 1 5.500 4H9M15 4h3.500A1.500 1.500 0 0 1 20 5.500V9M20 15v3.500a1.500 1.500 0 0 1-1.500 1.500H15M9 20H5.500A1.500 1.500 0 0 1 4 18.500V15"/>',
  expression:
    '<path d="M8.500 4C6 4 6.500 6 6.500 8.500S5.500 12 4 12c1.500 0 2.500 1 2.500 3.500S6 20 8.500 20M15.500 4c2.500 0 2 2 2 4.500S18.500 12 20 12c-1.500 0-2.500 1-2.500 3.500s.5 4.500-2 4.500"/>',
  code: '<path d="m8 7-5 5 5 5M16 7l5 5-5 5"/>',
  table:
    '<rect x="3.500" y="4.500" width="17" height="15" rx="1.800"/><path d="M3.500 10h17M3.500 14.800h17M9.500 10v9.500"/>',
  terminal: '<path d="m5 7 5 5-5 5M12.500 17H19"/>',
  drag: '<circle cx="9" cy="6" r="1" fill="currentColor"/><circle cx="15" cy="6" r="1" fill="currentColor"/><circle cx="9" cy="12" r="1" fill="currentColor"/><circle cx="15" cy="12" r="1" fill="currentColor"/><circle cx="9" cy="18" r="1" fill="currentColor"/><circle cx="15" cy="18" r="1" fill="currentColor"/>',
  eye: '<path d="M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12z"/><circle cx="12" cy="12" r="2.800"/>',
  'eye-off':
    '<path d="M4 4l16 16M9.900 5.800A9 9 0 0 1 12 5.500c6 0 9.500 6.500 9.500 6.500a16 16 0 0 1-2.700 3.400M6.300 7.600A15.500 15.500 0 0 0 2.500 12S6 18.500 12 18.500a9 9 0 0 0 3.900-.900M10 10a2.800 2.800 0 0 0 4 4"/>',
  cloud: '<path d="M7 18.500a4.500 4.500 0 0 1-.500-9 6 6 0 0 1 11.400 1.200A4 4 0 0 1 17.500 18.500z"/>',
  'cloud-off':
    '<path d="M4 4l16 16M9.300 6A6 6 0 0 1 17.900 10.700a4 4 0 0 1 2 6.400M17 18.500H7a4.500 4.500 0 0 1-.500-9"/>',
  history: '<path d="M4 12a8 8 0 1 0 2.6-5.900L4 8.500M4 4v4.500h4.500M12 8v4.500l3 1.800"/>',
  compare: '<path d="M8.500 4 4.500 8l4 4M4.500 8H19M15.500 12l4 4-4 4M19.500 16H5"/>',
  move: '<path d="M12 3.500v17M3.500 12h17M9.500 6 12 3.500 14.500 6M9.500 18l2.500 2.500 2.500-2.500M6 9.500 3.500 12 6 14.500M18 9.500l2.500 2.500-2.500 2.500"/>',
  bell: '<path d="M6 10a6 6 0 0 1 12 0c0 5 2 6.500 2 6.500H4S6 15 6 10M10 19.500a2.200 2.200 0 0 0 4 0"/>',
  inbox:
    '<path d="M3.500 13.500 6.200 5.500h11.600l2.700 8v5a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1zM3.500 13.500H9a3 3 0 0 0 6 0h5.500"/>',
  box: '<path d="M12 3.500 4 7.500v9l8 4 8-4v-9zM4 7.500l8 4 8-4M12 11.500v9"/>',
} as const;

export type IconName = keyof typeof ICONS;
