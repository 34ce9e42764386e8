/** Who one can be on the record pages; the first is who one is at first. Their rights are those of the local org's users. */
export const samplePeople = [
  { username: 'sally.seller@tandem.example.com', name: 'Sally Seller', role: 'Seller' },
  { username: 'omar.other@tandem.example.com', name: 'Omar Other', role: 'Seller, other team' },
  { username: 'max.manager@tandem.example.com', name: 'Max Manager', role: 'Partner manager' },
  { username: 'ada.admin@tandem.example.com', name: 'Ada Admin', role: 'Admin' },
  { username: 'fiona.finance@tandem.example.com', name: 'Fiona Finance', role: 'Finance' },
  { username: 'lena.legal@tandem.example.com', name: 'Lena Legal', role: 'Legal' },
];
