"""Old Word files (.doc), RTF and ODT: LibreOffice makes a DOCX of them, and the reader of DOCX reads that."""
